/* Stands in for the Windows.UI.ViewManagement.UISettings class, which Wine 8 lacks and Qt asks for the accent colours.
   It answers with white, black and the usual blue, and takes subscriptions that never fire.
   For tests under Wine only; never shipped: a real Windows has its own. */
#define COBJMACROS
#include <windows.h>
#include <inspectable.h>

/* The interfaces by their published identifiers; this mingw does not have their headers. */
static const GUID iid_inspectable =
    {0xaf86e2e0, 0xb12d, 0x4c6a, {0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90}};
static const GUID iid_factory = {0x00000035, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID iid_settings =
    {0x85361600, 0x1c63, 0x4627, {0xbc, 0xb1, 0x3a, 0x89, 0xe0, 0xbc, 0x9c, 0x55}};
static const GUID iid_settings3 =
    {0x03021be4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xf7, 0xd0, 0x6d, 0x7b}};

typedef struct {
    void **settings;  /* also the object's identity */
    void **settings3; /* colours and their changes */
    LONG references;
} Settings;

static void *settings_methods[];
static void *settings3_methods[];

static Settings *whole(void *self)
{
    Settings *object = self;
    return object->settings == settings_methods ? object : (Settings *)((char *)self - sizeof(void *));
}

static HRESULT WINAPI query(void *self, REFIID wanted, void **found)
{
    Settings *object = whole(self);
    *found = NULL;
    if (IsEqualGUID(wanted, &IID_IUnknown) || IsEqualGUID(wanted, &iid_inspectable)
        || IsEqualGUID(wanted, &iid_settings))
        *found = object;
    else if (IsEqualGUID(wanted, &iid_settings3))
        *found = &object->settings3;
    else
        return E_NOINTERFACE;
    InterlockedIncrement(&object->references);
    return S_OK;
}

static ULONG WINAPI add_reference(void *self) { return InterlockedIncrement(&whole(self)->references); }

/* The few objects live as long as the process. */
static ULONG WINAPI release(void *self) { return InterlockedDecrement(&whole(self)->references); }

static HRESULT WINAPI not_there(void) { return E_NOTIMPL; }

static HRESULT WINAPI colour(void *self, int kind, BYTE *argb)
{
    static const BYTE white[4] = {255, 255, 255, 255}, black[4] = {255, 0, 0, 0}, blue[4] = {255, 0, 0x78, 0xd4};
    const BYTE *value = kind == 0 ? white : kind >= 2 && kind <= 8 ? blue : black;
    memcpy(argb, value, sizeof white);
    return S_OK;
}

static HRESULT WINAPI subscribe(void *self, void *handler, LONGLONG *token)
{
    *token = 1;
    return S_OK;
}

static HRESULT WINAPI unsubscribe(void *self, LONGLONG token) { return S_OK; }

static void *settings_methods[] = {
    query, add_reference, release,
    not_there, not_there, not_there, not_there, not_there, not_there, not_there, not_there, not_there,
    not_there, not_there, not_there, not_there, not_there, not_there, not_there, not_there,
};
static void *settings3_methods[] = {
    query, add_reference, release, not_there, not_there, not_there, colour, subscribe, unsubscribe,
};

static HRESULT WINAPI query_factory(void *self, REFIID wanted, void **found)
{
    *found = NULL;
    if (!IsEqualGUID(wanted, &IID_IUnknown) && !IsEqualGUID(wanted, &iid_inspectable)
        && !IsEqualGUID(wanted, &iid_factory))
        return E_NOINTERFACE;
    *found = self;
    return S_OK;
}

static ULONG WINAPI factory_reference(void *self) { return 1; }

static HRESULT WINAPI activate(void *self, void **made)
{
    Settings *object = calloc(1, sizeof *object);
    *made = object;
    if (object == NULL)
        return E_OUTOFMEMORY;
    object->settings = settings_methods;
    object->settings3 = settings3_methods;
    object->references = 1;
    return S_OK;
}

static void *factory_methods[] = {
    query_factory, factory_reference, factory_reference, not_there, not_there, not_there, activate,
};
static void **factory = factory_methods;

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *name, void **found)
{
    *found = &factory;
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
