package srhm_test

import (
	"fmt"

	"srhmbench/srhm"
)

// The task of Figure 4A, a training set of 40 batches as the authors make them,
// and test data it does not contain.
func Example() {
	task := srhm.Task{V: 10, S0: 2}.WithDefaults()
	g, err := srhm.NewGrammar(task)
	if err != nil {
		fmt.Println(err)
		return
	}
	train, err := srhm.Batches(g, 1, 4, 0, 40)
	if err != nil {
		fmt.Println(err)
		return
	}
	test, err := srhm.DrawUnseen(g, 1, "test", 1000, srhm.NewIndex(train))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("cells:", task.Cells(), "symbols:", task.Leaves(), "predicted P*:", task.PStarLCN())
	fmt.Println("train:", train.Len(), "test:", test.Len(), "of", task.PMax())
	// Output:
	// cells: 36 symbols: 4 predicted P*: 18000
	// train: 1600 test: 1000 of 7290000
}

func ExampleGrammar_ExchangeSynonyms() {
	g, err := srhm.NewGrammar(srhm.Task{V: 4, S0: 1}.WithDefaults())
	if err != nil {
		fmt.Println(err)
		return
	}
	set := srhm.Draw(g, 1, "probe", 1)
	var moved srhm.Set
	g.Displace(&moved, set, 1, false, srhm.Stream("displace", 1))
	g.ExchangeSynonyms(set, set, 1, false, srhm.Stream("exchange", 1))
	class, err := g.Label(set, 0)
	fmt.Println(class == int(set.Labels[0]), err)
	// Output: true <nil>
}
