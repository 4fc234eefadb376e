/* python.exe: builds the program under wine; it is not shipped. */
#include <windows.h>

typedef int Main(int, wchar_t **);

int wmain(int count, wchar_t **arguments)
{
    HMODULE python = LoadLibraryW(L"python311.dll");
    Main *run = python ? (Main *)(void *)GetProcAddress(python, "Py_Main") : NULL;
    return run ? run(count, arguments) : 1;
}
