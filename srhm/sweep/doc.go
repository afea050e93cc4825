// Package sweep finds P*, the smallest training-set size at which a network
// generalises, and runs the trainings that searches and figures ask for.
//
// A [Search] asks for one P*. Its logic is pure: [Search.Next] says which P to
// train next, given the points so far; [Search.Estimate] what they say about P*;
// [Search.Replay] repeats both on stored results, so a search that was
// interrupted goes on where it stopped, and one that is finished costs nothing.
// [Combine] pools searches that differ in grammar or seed.
//
// A [Plan] is what figures need. [Execute] trains, several at a time and
// each run once, what the store does not have yet. [ReadGrid] makes a plan of a file, [Plan.Outlook] says
// what one comes to.
//
// P is always the total size of the training set; the authors' program counts per
// class (SPEC section 2.3).
package sweep
