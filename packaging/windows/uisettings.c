/* The WinRT class Windows.UI.ViewManagement.UISettings for wine 8, which has none; Windows 10 has its own.

   Qt asks it for the colours of the system as soon as a QApplication is made, and ends without. This one
   knows a light theme and no more. It lies in the prefix that the program is tried in and is not shipped. */
#define COBJMACROS
#include <windows.h>

typedef struct { BYTE alpha, red, green, blue; } Color;
typedef struct { const void *const *methods; } Object;

static const GUID IID_Inspectable = {0xaf86e2e0, 0xb12d, 0x4c6a, {0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90}};
static const GUID IID_AgileObject = {0x94ea2b94, 0xe9cc, 0x49e0, {0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90}};
static const GUID IID_ActivationFactory = {0x00000035, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID IID_Settings = {0x85361600, 0x1c63, 0x4627, {0xbc, 0xb1, 0x3a, 0x89, 0xe0, 0xbc, 0x9c, 0x55}};
static const GUID IID_Settings3 = {0x03021be4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xf7, 0xd0, 0x6d, 0x7b}};

static Object factory, settings, settings3;

static BOOL is_one_of_everybody(const GUID *wanted)
{
    return IsEqualGUID(wanted, &IID_IUnknown) || IsEqualGUID(wanted, &IID_Inspectable)
        || IsEqualGUID(wanted, &IID_AgileObject);
}

static HRESULT answer(Object *found, void **out)
{
    *out = found;
    return found ? S_OK : E_NOINTERFACE;
}

/* IUnknown and IInspectable: the objects are static and count nothing */

static HRESULT WINAPI query(void *self, const GUID *wanted, void **out)
{
    if (is_one_of_everybody(wanted) || IsEqualGUID(wanted, &IID_Settings))
        return answer(&settings, out);
    return answer(IsEqualGUID(wanted, &IID_Settings3) ? &settings3 : NULL, out);
}

static HRESULT WINAPI query_factory(void *self, const GUID *wanted, void **out)
{
    BOOL is_known = is_one_of_everybody(wanted) || IsEqualGUID(wanted, &IID_ActivationFactory);
    return answer(is_known ? &factory : NULL, out);
}

static ULONG WINAPI count(void *self) { return 1; }
static HRESULT WINAPI no_ids(void *self, ULONG *number, GUID **ids) { *number = 0; *ids = NULL; return S_OK; }
static HRESULT WINAPI no_name(void *self, void **name) { *name = NULL; return S_OK; }
static HRESULT WINAPI base_trust(void *self, int *level) { *level = 0; return S_OK; }

/* IUISettings3 */

static HRESULT WINAPI color_value(void *self, int kind, Color *color)
{
    static const Color background = {255, 255, 255, 255}, foreground = {255, 0, 0, 0}, accent = {255, 0, 120, 212};
    *color = kind == 0 ? background : kind == 1 ? foreground : accent;
    return S_OK;
}

static HRESULT WINAPI add_listener(void *self, void *listener, INT64 *token) { *token = 1; return S_OK; }
static HRESULT WINAPI remove_listener(void *self, INT64 token) { return S_OK; }

/* IActivationFactory */

static HRESULT WINAPI activate(void *self, void **out) { return answer(&settings, out); }

static const void *const factory_methods[] = {query_factory, count, count, no_ids, no_name, base_trust, activate};
static const void *const methods[] = {query, count, count, no_ids, no_name, base_trust};
static const void *const methods3[] = {query, count, count, no_ids, no_name, base_trust,
                                       color_value, add_listener, remove_listener};
static Object factory = {factory_methods}, settings = {methods}, settings3 = {methods3};

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *name, void **out) { return answer(&factory, out); }
__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
