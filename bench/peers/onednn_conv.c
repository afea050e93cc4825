//go:build cgo

#include "onednn_conv.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_include)
#if __has_include(<oneapi/dnnl/dnnl.h>)
#include <oneapi/dnnl/dnnl.h>
#endif
#endif

#if defined(DNNL_VERSION_MAJOR) && DNNL_VERSION_MAJOR == 2

#define FUNCTIONS(X) X(dnnl_version) X(dnnl_engine_create) X(dnnl_stream_create) X(dnnl_stream_wait) \
	X(dnnl_memory_desc_init_by_tag) X(dnnl_memory_desc_init_by_strides) X(dnnl_memory_desc_equal) \
	X(dnnl_memory_create) X(dnnl_memory_get_data_handle) \
	X(dnnl_convolution_forward_desc_init) X(dnnl_convolution_backward_data_desc_init) \
	X(dnnl_convolution_backward_weights_desc_init) X(dnnl_primitive_desc_create) X(dnnl_primitive_desc_query) \
	X(dnnl_primitive_desc_query_md) X(dnnl_reorder_primitive_desc_create) X(dnnl_primitive_create) \
	X(dnnl_primitive_execute)

#define DECLARE(f) __typeof__(f) *f;
static struct { FUNCTIONS(DECLARE) } lib;
static dnnl_engine_t engine;
static dnnl_stream_t stream;

#define TRY(call) do { if ((call) != dnnl_success) return "oneDNN refuses " #call; } while (0)

const char *onednn_conv_open(void *library) {
	if (stream) return NULL;
#define LOAD(f) if (!(lib.f = (__typeof__(f) *)dlsym(library, #f))) return "it has no function " #f;
	FUNCTIONS(LOAD)
	if (lib.dnnl_version()->major != DNNL_VERSION_MAJOR) return "headers and library are of different versions";
	TRY(lib.dnnl_engine_create(&engine, dnnl_cpu, 0));
	TRY(lib.dnnl_stream_create(&stream, engine, dnnl_stream_default_flags));
	return NULL;
}

// Weights and their gradient are kept in the layout that the forward convolution prefers. What the gradients'
// convolutions want in another has memory of its own and is reordered each time.
struct onednn_conv {
	dnnl_primitive_t conv[3], turn, turn_back, in, out;
	dnnl_memory_t x, y, dx, dy, plain, w, dw, w_turned, dw_turned;
	const char *name[3];
};

static const char *reorder(dnnl_primitive_t *p, const dnnl_memory_desc_t *from, const dnnl_memory_desc_t *to) {
	dnnl_primitive_desc_t pd;
	TRY(lib.dnnl_reorder_primitive_desc_create(&pd, from, engine, to, engine, NULL));
	TRY(lib.dnnl_primitive_create(p, pd));
	return NULL;
}

static const char *execute(dnnl_primitive_t p, int n, const dnnl_exec_arg_t *args) {
	TRY(lib.dnnl_primitive_execute(p, stream, n, args));
	TRY(lib.dnnl_stream_wait(stream));
	return NULL;
}

static const char *move(dnnl_primitive_t p, dnnl_memory_t from, dnnl_memory_t to) {
	dnnl_exec_arg_t args[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
	return execute(p, 2, args);
}

static const char *primitive(onednn_conv *c, int which, dnnl_primitive_desc_t *pd, const dnnl_convolution_desc_t *desc, dnnl_primitive_desc_t forward) {
	TRY(lib.dnnl_primitive_desc_create(pd, desc, NULL, engine, forward));
	TRY(lib.dnnl_primitive_create(&c->conv[which], *pd));
	TRY(lib.dnnl_primitive_desc_query(*pd, dnnl_query_impl_info_str, 0, &c->name[which]));
	return NULL;
}

// other makes memory in a layout unless it is that of the weights kept.
static const char *other(dnnl_memory_t *m, dnnl_memory_t kept, const dnnl_memory_desc_t *layout, const dnnl_memory_desc_t *kept_layout) {
	*m = kept;
	if (!lib.dnnl_memory_desc_equal(layout, kept_layout)) TRY(lib.dnnl_memory_create(m, layout, engine, DNNL_MEMORY_ALLOCATE));
	return NULL;
}

const char *onednn_conv_make(onednn_conv **made, const onednn_size *s) {
	onednn_conv *c = *made = calloc(1, sizeof *c); // kept until the process ends
	int64_t in = s->in / s->groups, out = s->out / s->groups, taps = s->kernel[0] * s->kernel[1];
	dnnl_dims_t x_dims = {s->batch, s->in, s->height, s->width}, y_dims = {s->batch, s->out, s->out_height, s->out_width};
	dnnl_dims_t w_dims = {s->groups, out, in, s->kernel[0], s->kernel[1]};
	dnnl_dims_t w_strides = {taps * in * out, 1, out, s->kernel[1] * in * out, in * out};
	dnnl_dims_t strides = {s->stride[0], s->stride[1]}, pads = {s->pad[0], s->pad[1]};
	int w_rank = 5;
	if (s->groups == 1) { // weights without a dimension of groups
		w_rank = 4;
		memmove(w_dims, w_dims + 1, 4 * sizeof *w_dims);
		memmove(w_strides, w_strides + 1, 4 * sizeof *w_strides);
	}
	dnnl_memory_desc_t x, y, plain, any;
	TRY(lib.dnnl_memory_desc_init_by_tag(&x, 4, x_dims, dnnl_f32, dnnl_nhwc));
	TRY(lib.dnnl_memory_desc_init_by_tag(&y, 4, y_dims, dnnl_f32, dnnl_nhwc));
	TRY(lib.dnnl_memory_desc_init_by_strides(&plain, w_rank, w_dims, dnnl_f32, w_strides));
	TRY(lib.dnnl_memory_desc_init_by_tag(&any, w_rank, w_dims, dnnl_f32, dnnl_format_tag_any));

	dnnl_convolution_desc_t desc;
	dnnl_primitive_desc_t forward, data, weights;
	const char *err;
	TRY(lib.dnnl_convolution_forward_desc_init(&desc, dnnl_forward_training, dnnl_convolution_direct, &x, &any, NULL, &y, strides, pads, pads));
	if ((err = primitive(c, ONEDNN_FORWARD, &forward, &desc, NULL))) return err;
	TRY(lib.dnnl_convolution_backward_data_desc_init(&desc, dnnl_convolution_direct, &x, &any, &y, strides, pads, pads));
	if ((err = primitive(c, ONEDNN_GRAD_INPUT, &data, &desc, forward))) return err;
	TRY(lib.dnnl_convolution_backward_weights_desc_init(&desc, dnnl_convolution_direct, &x, &any, NULL, &y, strides, pads, pads));
	if ((err = primitive(c, ONEDNN_GRAD_WEIGHTS, &weights, &desc, forward))) return err;

	const dnnl_memory_desc_t *w = lib.dnnl_primitive_desc_query_md(forward, dnnl_query_weights_md, 0);
	const dnnl_memory_desc_t *w_turned = lib.dnnl_primitive_desc_query_md(data, dnnl_query_weights_md, 0);
	const dnnl_memory_desc_t *dw_turned = lib.dnnl_primitive_desc_query_md(weights, dnnl_query_diff_weights_md, 0);
	struct { dnnl_memory_t *memory; const dnnl_memory_desc_t *layout; } all[] = {
		{&c->x, &x}, {&c->y, &y}, {&c->dx, &x}, {&c->dy, &y}, {&c->plain, &plain}, {&c->w, w}, {&c->dw, w}};
	for (int i = 0; i < 7; i++) TRY(lib.dnnl_memory_create(all[i].memory, all[i].layout, engine, DNNL_MEMORY_ALLOCATE));
	if ((err = other(&c->w_turned, c->w, w_turned, w)) || (err = other(&c->dw_turned, c->dw, dw_turned, w))) return err;
	if ((err = reorder(&c->in, &plain, w)) || (err = reorder(&c->out, w, &plain))) return err;
	if ((err = reorder(&c->turn, w, w_turned)) || (err = reorder(&c->turn_back, dw_turned, w))) return err;
	return NULL;
}

float *onednn_conv_data(onednn_conv *c, int memory) {
	dnnl_memory_t all[] = {c->x, c->y, c->dx, c->dy, c->plain};
	void *data = NULL;
	lib.dnnl_memory_get_data_handle(all[memory], &data);
	return data;
}

const char *onednn_conv_name(onednn_conv *c, int convolution) { return c->name[convolution]; }

int onednn_conv_reorders(onednn_conv *c, int convolution) {
	return (convolution == ONEDNN_GRAD_INPUT && c->w_turned != c->w) || (convolution == ONEDNN_GRAD_WEIGHTS && c->dw_turned != c->dw);
}

const char *onednn_conv_run(onednn_conv *c, int convolution) {
	const char *err;
	if (convolution == ONEDNN_FORWARD) {
		dnnl_exec_arg_t args[] = {{DNNL_ARG_SRC, c->x}, {DNNL_ARG_WEIGHTS, c->w}, {DNNL_ARG_DST, c->y}};
		return execute(c->conv[convolution], 3, args);
	}
	if (convolution == ONEDNN_GRAD_INPUT) {
		if (c->w_turned != c->w && (err = move(c->turn, c->w, c->w_turned))) return err;
		dnnl_exec_arg_t args[] = {{DNNL_ARG_DIFF_DST, c->dy}, {DNNL_ARG_WEIGHTS, c->w_turned}, {DNNL_ARG_DIFF_SRC, c->dx}};
		return execute(c->conv[convolution], 3, args);
	}
	dnnl_exec_arg_t args[] = {{DNNL_ARG_SRC, c->x}, {DNNL_ARG_DIFF_DST, c->dy}, {DNNL_ARG_DIFF_WEIGHTS, c->dw_turned}};
	if ((err = execute(c->conv[convolution], 3, args))) return err;
	return c->dw_turned == c->dw ? NULL : move(c->turn_back, c->dw_turned, c->dw);
}

const char *onednn_conv_weights_in(onednn_conv *c) { return move(c->in, c->plain, c->w); }

const char *onednn_conv_gradient_out(onednn_conv *c) { return move(c->out, c->dw, c->plain); }

#else

static const char missing[] = "its convolutions want the headers of version 2 when this program is built, Debian's libdnnl-dev";

const char *onednn_conv_open(void *library) { return missing; }
const char *onednn_conv_make(onednn_conv **made, const onednn_size *size) { return missing; }
float *onednn_conv_data(onednn_conv *c, int memory) { return NULL; }
const char *onednn_conv_run(onednn_conv *c, int convolution) { return missing; }
const char *onednn_conv_name(onednn_conv *c, int convolution) { return missing; }
int onednn_conv_reorders(onednn_conv *c, int convolution) { return 0; }
const char *onednn_conv_weights_in(onednn_conv *c) { return missing; }
const char *onednn_conv_gradient_out(onednn_conv *c) { return missing; }

#endif
