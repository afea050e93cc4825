// Package train runs one training: it draws the examples, trains the network, measures the test error by the run's
// protocol (SPEC section 2.2) and, if asked, sensitivities.
//
// Examples, initialisation and order have random streams of their own, keyed by the run's seed. The result has the same
// bits on every kernel tier and number of threads, and when another process resumes the training from a checkpoint.
package train
