// Package reproducible says whether two commits train the same networks, bit for bit, and where they do not, which claims
// of which figures move. A kernel that is only faster changes no bit, so this needs no tolerance and no repetition.
//
// Run builds the programs of both commits and lets them do the same small trainings, which between them use every
// kind of network, encoding, batching, sparsity and probe. Whatever both write into a record's result must be
// equal: errors, losses of every check, the hash of the weights. If something is not, both reproduce all figures at
// smoke scale, and the claims are compared.
//
// The outcome is one of three: the same bits; other bits, which may be meant, but then should be said in the commit;
// or no measurement, when a program cannot be built or fails. Trainings that base does not know yet are named.
package reproducible
