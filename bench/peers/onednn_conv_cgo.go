package main

// #include "onednn_conv.h"
import "C"

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"srhmbench/kernels"
)

// oneDNN provides its products and, if built with the headers, its convolutions.
type oneDNN struct {
	blas
	lib shared
}

// convolutions use images with channels last. Weights and their gradient, which stay from one step to the next, are in
// the layout the forward convolution prefers; where a gradient wants another one, converting them counts.
func (d *oneDNN) convolutions(s kernels.ConvShape, o *images) (convolutions, error) {
	var none convolutions
	if err := said(C.onednn_conv_open(d.lib.handle)); err != nil {
		return none, err
	}
	pair := func(x [2]int) [2]C.int64_t { return [2]C.int64_t{C.int64_t(x[0]), C.int64_t(x[1])} }
	size := C.onednn_size{
		batch: C.int64_t(s.Batch), height: C.int64_t(s.Height), width: C.int64_t(s.Width),
		out_height: C.int64_t(s.OutHeight()), out_width: C.int64_t(s.OutWidth()),
		in: C.int64_t(s.In), out: C.int64_t(s.Out), groups: C.int64_t(s.Groups),
		kernel: pair(s.Kernel), stride: pair(s.Stride), pad: pair(s.Pad),
	}
	var c *C.onednn_conv
	if err := said(C.onednn_conv_make(&c, &size)); err != nil {
		return none, err
	}
	data := func(memory C.int, n int) []float32 { return unsafe.Slice((*float32)(C.onednn_conv_data(c, memory)), n) }
	plain := data(C.ONEDNN_PLAIN, len(o.w))
	copy(data(C.ONEDNN_X, len(o.x)), o.x)
	copy(data(C.ONEDNN_DY, len(o.dy)), o.dy)
	copy(plain, o.w)
	if err := said(C.onednn_conv_weights_in(c)); err != nil {
		return none, err
	}
	all := convolutions{
		do: map[string]func(){},
		results: func() {
			copy(o.y, data(C.ONEDNN_Y, len(o.y)))
			copy(o.dx, data(C.ONEDNN_DX, len(o.dx)))
			must(C.onednn_conv_gradient_out(c))
			copy(o.dw, plain)
		},
	}
	var names []string
	for which, name := range convolutionNames {
		all.do[name] = func() { must(C.onednn_conv_run(c, C.int(which))) }
		words := name + " " + C.GoString(C.onednn_conv_name(c, C.int(which)))
		if C.onednn_conv_reorders(c, C.int(which)) != 0 {
			words += " and a reordering of weights"
		}
		names = append(names, words)
	}
	all.about = fmt.Sprintf("channels last, weights as it prefers: %s", strings.Join(names, ", "))
	return all, nil
}

func said(text *C.char) error {
	if text == nil {
		return nil
	}
	return errors.New(C.GoString(text))
}

// must is for calls that have succeeded before.
func must(text *C.char) {
	if err := said(text); err != nil {
		panic(err)
	}
}
