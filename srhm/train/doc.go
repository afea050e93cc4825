// Package train does one training: it draws the data a run asks for, trains its network on them and
// measures the test error, all by the run's protocol (SPEC section 2.2), and sensitivities if asked.
//
// Data, initialisation and order have their own random streams, all named by the run's seed. The result is
// the same bits on every kernel tier and number of threads. A training that is saved to a file while it is
// under way, and goes on from there in another process, gives the same bits as well.
package train
