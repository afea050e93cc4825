package main

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stdlib.h>

static const char *text(void *f) { return ((const char *(*)(void))f)(); }
static int number(void *f) { return ((int (*)(void))f)(); }
static const char *text_of(void *f, int x) { return ((const char *(*)(int))f)(x); }
static void give(void *f, int x) { ((void (*)(int))f)(x); }
static void run(void *f) { ((void (*)(void))f)(); }
*/
import "C"

import (
	"errors"
	"fmt"
	"os"
	"unsafe"
)

// shared is a library that the process has opened with its names hidden from all others.
type shared struct{ handle unsafe.Pointer }

// load opens the first of the given files that exists.
func load(files ...string) (shared, error) {
	var why error
	for _, file := range files {
		name := C.CString(file)
		handle := C.dlopen(name, C.RTLD_NOW|C.RTLD_LOCAL)
		C.free(unsafe.Pointer(name))
		if handle != nil {
			return shared{handle}, nil
		}
		why = errors.Join(why, errors.New(C.GoString(C.dlerror())))
	}
	return shared{}, why
}

// symbol returns the address of a function, nil if the library lacks it.
func (s shared) symbol(name string) unsafe.Pointer {
	c := C.CString(name)
	defer C.free(unsafe.Pointer(c))
	return C.dlsym(s.handle, c)
}

// symbols returns the addresses of functions that must exist.
func (s shared) symbols(names ...string) ([]unsafe.Pointer, error) {
	var list []unsafe.Pointer
	for _, name := range names {
		p := s.symbol(name)
		if p == nil {
			return nil, fmt.Errorf("it has no function %s", name)
		}
		list = append(list, p)
	}
	return list, nil
}

// text, textOf and number call functions that describe a library; they return "?" or -1 if it has none.
func (s shared) text(name string) string {
	if f := s.symbol(name); f != nil {
		return C.GoString(C.text(f))
	}
	return "?"
}

func (s shared) textOf(name string, x int) string {
	if f := s.symbol(name); f != nil {
		return C.GoString(C.text_of(f, C.int(x)))
	}
	return "?"
}

func (s shared) number(name string) int {
	if f := s.symbol(name); f != nil {
		return int(C.number(f))
	}
	return -1
}

// give calls a function that takes a number, such as one that sets threads, if it exists.
func (s shared) give(name string, x int) {
	if f := s.symbol(name); f != nil {
		C.give(f, C.int(x))
	}
}

func (s shared) run(name string) {
	if f := s.symbol(name); f != nil {
		C.run(f)
	}
}

// candidates returns the files to try for a library: the one in the environment, or those that systems install.
func candidates(variable string, files ...string) []string {
	if file := os.Getenv(variable); file != "" {
		return []string{file}
	}
	return files
}
