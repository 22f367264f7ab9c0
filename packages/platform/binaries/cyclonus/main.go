// Answers which connections NetworkPolicies allow, by the evaluation of Cyclonus. Its own command prints tables for people
// and ends with 0 whatever it found; this one reads JSON and prints JSON, and fails where it cannot read something.
//
// Standard input: {"policies": [NetworkPolicy…], "traffic": [{"Source": …, "Destination": …, "ResolvedPort": …}…]}, the
// traffic as Cyclonus spells it. Standard output: [{"ingress": true, "egress": false}…], one for each traffic.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	networkingv1 "k8s.io/api/networking/v1"
)

type question struct {
	Policies []*networkingv1.NetworkPolicy `json:"policies"`
	Traffic  []*matcher.Traffic            `json:"traffic"`
}

type answer struct {
	Ingress bool `json:"ingress"`
	Egress  bool `json:"egress"`
}

func main() {
	var asked question
	decoder := json.NewDecoder(os.Stdin)
	// A misspelt field of a policy would leave out the rule it stands for.
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		fmt.Fprintf(os.Stderr, "the question cannot be read: %v\n", err)
		os.Exit(1)
	}
	// Not simplified: the answers are the same, and the rules stay those that were written.
	policies := matcher.BuildNetworkPolicies(false, asked.Policies)
	answers := make([]answer, len(asked.Traffic))
	for index, traffic := range asked.Traffic {
		result := policies.IsTrafficAllowed(traffic)
		answers[index] = answer{Ingress: result.Ingress.IsAllowed(), Egress: result.Egress.IsAllowed()}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintf(os.Stderr, "the answers cannot be written: %v\n", err)
		os.Exit(1)
	}
}
