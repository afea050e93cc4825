package main

import (
	"fmt"

	"srhmbench/internal/human"
	"srhmbench/kernels"
)

// class is a table of the goals.
type class struct {
	title, note string
	goals       []goal
}

// goal is what a benchmark of ours should reach. Fields that are 0 ask for nothing; beating every peer is always asked
// for.
type goal struct {
	name, sizes string
	share       float64 // of the roof, in percent
	ofPeak      bool    // of the multiply-adds, even where the traffic is the roof
	ratio       float64 // of the best peer's time to ours
	rate        float64 // GFLOP/s
	on          string  // the tier the rate applies to; any if empty
}

// classes returns the goals the project set itself. Shares and ratios hold on every machine; the rates of layers on 4
// examples are for a core with AVX-512 and 240 GFLOP/s.
func classes() ([]class, error) {
	list, err := parts()
	if err != nil {
		return nil, err
	}
	byName := map[string]part{}
	for _, p := range list {
		byName[p.name] = p
	}
	return []class{
		matMulGoals(byName["matmul"]),
		layerGoals(byName["batch4"], "Layers on 4 data, warm", "Weights stay in the caches that hold them. ",
			map[layer]float64{{4, 512, 512}: 185, {4, 512, 1024}: 115, {4, 512, 3072}: 58}),
		layerGoals(byName["cold"], "Layers on 4 data, cold", "Weights come from memory: products work in turn on copies that are 64 MiB together. ",
			map[layer]float64{{4, 512, 512}: 48, {4, 512, 1024}: 48, {4, 512, 3072}: 48}),
		rankGoals(byName["rank"]),
		convolutionGoals(byName["conv"]),
		momentumGoals(byName["momentum"]),
		goGoals(byName["go"]),
	}, nil
}

func matMulGoals(p part) class {
	c := class{title: "Plain product", note: "All matrices by rows; m × n × k."}
	shares := map[layer]float64{
		{64, 64, 64}: 91, {128, 128, 128}: 91, {256, 256, 256}: 91, {512, 512, 512}: 91, {1024, 1024, 1024}: 85, {2048, 2048, 2048}: 85,
		{37, 53, 91}: 72, {64, 512, 1024}: 87,
	}
	for _, l := range p.layers {
		g := goal{name: p.productName(matMul, l), sizes: l.sizes(), share: shares[l]}
		if l.m == l.n && l.m <= 512 {
			g.ratio = 1.05
		}
		c.goals = append(c.goals, g)
	}
	return c
}

func layerGoals(p part, title, note string, rates map[layer]float64) class {
	c := class{title: title, note: note + "Update is the gradient and the step of momentum in one pass; of the peers, a product that adds to the momentum and a sum."}
	for _, product := range p.products {
		for _, l := range p.layers {
			g := goal{name: p.productName(product, l), sizes: fmt.Sprintf("%s, %s of weights", product, human.Bytes(float64(4*l.k*l.n)))}
			if product != update {
				g.rate, g.on = rates[l], kernels.AVX512.String()
			}
			c.goals = append(c.goals, g)
		}
	}
	return c
}

func rankGoals(p part) class {
	c := class{title: "Rank-k update, C += A·B", note: "m × n × k. Goals are shares of the multiply-adds, whatever binds."}
	for _, l := range p.layers {
		c.goals = append(c.goals, goal{name: p.productName(rankK, l), sizes: l.sizes(), share: map[int]float64{4: 40, 8: 83}[l.k], ofPeak: true})
	}
	return c
}

func convolutionGoals(p part) class {
	c := class{title: "Convolutions", note: "Images have their channels last, and weights the layout that suits from one step to the next; torch.first has them first."}
	for _, s := range p.convolutions {
		shares := map[string]float64{conv: 92, convGradInput: 85, convGradWeights: 85}
		switch {
		case isDepthwise(s):
			shares = map[string]float64{conv: 60, convGradInput: 60, convGradWeights: 60}
		case s.Height == 1:
			shares = map[string]float64{conv: 60, convGradWeights: 60}
		}
		for _, name := range convolutionNames {
			c.goals = append(c.goals, goal{name: p.convolutionName(name, s), sizes: name + ", " + convolutionSizes(s), share: shares[name]})
		}
	}
	return c
}

func momentumGoals(p part) class {
	c := class{title: "Step of momentum, by working set"}
	for _, n := range p.vectors {
		c.goals = append(c.goals, goal{name: p.momentumName(n), sizes: human.Bytes(stepWork(n).set)})
	}
	return c
}

func goGoals(p part) class {
	c := class{title: "Products in Go alone", note: "Generic has the bits of the other tiers, relaxed has not."}
	for i, rate := range []float64{1, 6} {
		l := p.layers[0]
		c.goals = append(c.goals, goal{name: p.productName(p.products[i], l), sizes: p.products[i] + ", " + l.sizes(), rate: rate})
	}
	return c
}

func (l layer) sizes() string { return fmt.Sprintf("%d × %d × %d", l.m, l.n, l.k) }

func convolutionSizes(s kernels.ConvShape) string {
	kernel, image := fmt.Sprint(s.Kernel[1]), fmt.Sprintf("length %d", s.Width)
	if s.Height > 1 {
		kernel, image = fmt.Sprintf("%d×%d", s.Kernel[0], s.Kernel[1]), fmt.Sprintf("%d×%d", s.Height, s.Width)
	}
	channels := fmt.Sprintf("%d to %d channels", s.In, s.Out)
	if isDepthwise(s) {
		channels = fmt.Sprintf("depthwise, %d channels", s.In)
	}
	return fmt.Sprintf("%s, %s, %s, batch %d", kernel, channels, image, s.Batch)
}
