package command

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"srhmbench/internal/human"
	"srhmbench/srhm/net"
	"srhmbench/srhm/net/zoo"
	"srhmbench/srhm/spec"
)

func (p *program) networksCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "networks --v N [FLAG...]",
		Short: "list the networks, their sizes on a task, and where they can be probed",
		Long: `Lists every kind of network on a task, at its own width or at the one that is given: parameters, multiply-adds of
one example on its way forward, memory of weights, momenta and a step of training, and the layers that can be
probed. Networks on patches do work only where there are symbols; only that is counted. The others count the
padding of their convolutions, too, as is usual.`,
		Example: examples("networks --v 10 --s0 2", "networks --v 10 --s0 2 --width 16 --batch 4", "networks --v 6 --L 3 --json"),
	}
	n := &networksFlags{taskFlags: &taskFlags{set: c.Flags()}}
	n.taskFlags.declareTask(c)
	intFlag(c, &n.network.Width, "width", 0, "channels per layer, `N` (default the kind's)")
	intFlag(c, &n.batch, "batch", 0, "examples in a step, `N` (default 4 of each class)")
	c.Flags().BoolVar(&n.json, "json", false, "print JSON on stdout")
	c.RunE = func(*cobra.Command, []string) error { return n.do(p.stdout) }
	return c
}

type networksFlags struct {
	*taskFlags
	batch int
}

// listed is a network as it is listed.
type listed struct {
	Net          string   `json:"net"`
	Width        int      `json:"width"`
	Parameters   int      `json:"parameters"`
	MultiplyAdds float64  `json:"multiply_adds"`
	Bytes        float64  `json:"training_bytes"`
	Layers       []string `json:"layers"`
}

func (n *networksFlags) do(w io.Writer) error {
	if !n.set.Changed("v") {
		return misuse("v is missing: the vocabulary size, 2 or more")
	}
	task := n.describedTask()
	if err := task.Validate(); err != nil {
		return invalid(err)
	}
	if n.set.Changed("batch") && (n.batch < 1 || n.batch > spec.MaxBatch) {
		return misuse("batch %d: want 1 to %d", n.batch, spec.MaxBatch)
	}
	if n.batch == 0 {
		n.batch = 4 * task.NC
	}
	var all []listed
	for _, kind := range zoo.Kinds {
		network := kind.Network()
		if n.set.Changed("width") {
			network.Width = n.network.Width
		}
		d, err := zoo.Design(network, task)
		if err != nil {
			return invalid(err)
		}
		all = append(all, newListed(network, d, n.batch))
	}
	if n.json {
		return json.NewEncoder(w).Encode(all)
	}
	return printNetworks(w, all, n.batch)
}

func newListed(n spec.Network, d net.Design, batch int) listed {
	_, macs := d.Cost()
	evaluate, step := d.PassBytes(batch)
	return listed{n.Kind, n.Width, d.Parameters(), macs, d.Bytes() + d.BatchBytes(batch) + evaluate + step, d.Layers()}
}

func printNetworks(w io.Writer, all []listed, batch int) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "net\twidth\tparameters\tmultiply-adds\tmemory, batch %d\tlayers\n", batch)
	for _, n := range all {
		fmt.Fprintf(table, "%s\t%d\t%d\t%s\t%s\t%d: %s\n", n.Net, n.Width, n.Parameters, human.Number(n.MultiplyAdds, 3), human.Bytes(n.Bytes), len(n.Layers), shortened(n.Layers))
	}
	return table.Flush()
}

// shortened lists names; of many that are counted up it names the first and the last.
func shortened(names []string) string {
	var parts []string
	for i := 0; i < len(names); {
		kind, first, counted := strings.Cut(names[i], " ")
		end := i + 1
		for counted && end < len(names) && strings.HasPrefix(names[end], kind+" ") {
			end++
		}
		switch _, last, _ := strings.Cut(names[end-1], " "); {
		case end-i == 1:
			parts = append(parts, names[i])
		default:
			parts = append(parts, fmt.Sprintf("%s %s to %s", kind, first, last))
		}
		i = end
	}
	return strings.Join(parts, ", ")
}
