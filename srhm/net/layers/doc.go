// Package layers holds the common architectures of figures 1, 9 and 17 (VGG11, VGG16, ResNet18, ResNet34 and
// EfficientNetB0, in one dimension as the authors use them; SPEC section 2.4) and the layers they are made of.
//
// # Networks
//
// Each network is a file that reads like its table in the literature: vgg.go, resnet.go, efficientnet.go. A builder
// puts layers together and keeps track of the shape of the images between them; in two dimensions the same calls
// make the same networks on images. Initialisation is PyTorch's: weights and biases of convolutions and linear layers
// are U(-1, 1)/√fan-in, batch norms begin with scale 1, shift 0 and the moments 0 and 1.
//
// # Layers
//
// A layer has a forward and a backward pass for the shape it was built for; there is no tape. Layers are joined by
// three of their own kind: chain runs one after the other, add sums a branch and its shortcut, scale multiplies images
// by the factors that a branch makes of them. The backward pass makes the step of a layer's parameters right after it has
// found their gradient, while both are in the cache.
//
// Images lie as package kernels wants them, [image][position][channel], without gaps.
//
// # Reproducibility
//
// All sums are made by package kernels, whose order of operations is fixed, and threads divide images or channels,
// never a sum. Results are the same bits on every tier and any number of threads.
package layers
