// Package reproducible checks that two commits train the same networks, bit for bit, and names the claims that move if they
// do not. A kernel that is only faster changes no bit, so one run of each suffices and nothing is allowed to differ.
//
// Run builds the program of both commits and has each do the same small trainings, which between them use every kind of
// network, encoding, batch, sparsity and probe. Every field that both write into a record's result must be equal: errors,
// the loss of every check, the hash of the weights. If one is not, both programs reproduce all figures at smoke scale, and
// their claims are compared.
//
// There are three outcomes: the same bits; other bits, which may be intended, but then belong in the commit message; or no
// measurement, because a program could not be built or failed. Trainings that base does not know yet are listed.
package reproducible
