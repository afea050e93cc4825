// Package srhm is the Sparse Random Hierarchy Model of Tomasini and Wyart
// (ICML 2024, arXiv 2404.10727): its grammars, its data, the two kinds of
// transformation under which a label does not change, the encoding a network
// sees, and the paper's predictions for training-set sizes.
//
// # The model
//
// A class is rewritten by one of its m rules into s symbols of a vocabulary of
// v, each of those by one of its own m rules into s symbols of the next
// vocabulary, and so on over L levels down to s^L leaves. Every rewriting also
// says where among the s(s0+1) cells of a patch the s children stand; all other
// cells are blank, and a blank is rewritten into blanks. A datum is therefore
// s^L symbols among d = (s(s0+1))^L cells, and it is stored so (see [Set]).
// Rule and placement are drawn anew, uniformly, at every node of every datum.
//
// # Levels and steps
//
// The paper numbers levels from the leaves: V_1 is the vocabulary of the
// leaves and V_L that of a class's children. Rewriting happens in steps
// numbered from the top. A node of level l is one whose rule is applied at
// step L-l:
//
//	level L  step 0    1 node          class      -> s symbols of V_L
//	level l  step L-l  s^(L-l) nodes   V_(l+1)    -> s symbols of V_l
//	level 1  step L-1  s^(L-1) nodes   V_2        -> s leaves of V_1
//
// So a synonym exchange or a displacement at level 1 redraws the s-tuples of
// leaves (p and tau of Eqs. 6 and 7), and one at level L redraws the rule or the
// placement of the class itself.
//
// # Cells
//
// The cell of a leaf, written in base s(s0+1), has one digit a level: the most
// significant is the place of a child in the patch of the class (level L), the
// least significant the place of the leaf in its own patch (level 1).
//
// # Reproducibility
//
// Every random number comes from a [Stream] named by its purpose and keys, so
// data are the same on every machine and do not depend on what else was drawn.
package srhm
