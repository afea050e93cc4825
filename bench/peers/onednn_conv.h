#include <stdint.h>

// Convolutions of oneDNN, for onednn_conv_cgo.go. Functions that return text return an error, or NULL.

typedef struct onednn_conv onednn_conv;

// Sizes of an onednn_conv, as in kernels.ConvShape.
typedef struct {
	int64_t batch, height, width, out_height, out_width, in, out, groups;
	int64_t kernel[2], stride[2], pad[2];
} onednn_size;

// The convolutions, in this order.
enum { ONEDNN_FORWARD, ONEDNN_GRAD_INPUT, ONEDNN_GRAD_WEIGHTS };

// Plain memory: images channels last, weights [group][tap][input channel][output channel].
enum { ONEDNN_X, ONEDNN_Y, ONEDNN_DX, ONEDNN_DY, ONEDNN_PLAIN };

const char *onednn_conv_open(void *library);
const char *onednn_conv_make(onednn_conv **made, const onednn_size *size);
float *onednn_conv_data(onednn_conv *c, int memory);
const char *onednn_conv_run(onednn_conv *c, int convolution);

// What it has chosen for a convolution, and whether weights are turned into another layout for it.
const char *onednn_conv_name(onednn_conv *c, int convolution);
int onednn_conv_reorders(onednn_conv *c, int convolution);

// Weights from plain memory, and their gradient to it.
const char *onednn_conv_weights_in(onednn_conv *c);
const char *onednn_conv_gradient_out(onednn_conv *c);
