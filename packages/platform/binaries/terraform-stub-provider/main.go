// A Terraform provider that has a schema and does nothing. `terraform validate`, and `terraform test` with mock_provider, ask a
// provider for no more, so what uses a cloud can be checked where its real provider is not to be had. It takes the schema from
// schema.json beside itself, in the form of `terraform providers schema -json`.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type attribute struct {
	Type      json.RawMessage   `json:"type"`
	Nested    *nestedAttributes `json:"nested_type"`
	Required  bool              `json:"required"`
	Optional  bool              `json:"optional"`
	Computed  bool              `json:"computed"`
	Sensitive bool              `json:"sensitive"`
}

type nestedAttributes struct {
	Attributes map[string]attribute `json:"attributes"`
	Nesting    string               `json:"nesting_mode"`
}

type nestedBlock struct {
	Block    block  `json:"block"`
	Nesting  string `json:"nesting_mode"`
	MinItems int64  `json:"min_items"`
	MaxItems int64  `json:"max_items"`
}

type block struct {
	Attributes map[string]attribute   `json:"attributes"`
	Blocks     map[string]nestedBlock `json:"block_types"`
}

type schema struct {
	Block block `json:"block"`
}

type schemas struct {
	Address   string            `json:"address"`
	Provider  schema            `json:"provider"`
	Resources map[string]schema `json:"resource_schemas"`
	Data      map[string]schema `json:"data_source_schemas"`
}

var attributeNesting = map[string]tfprotov6.SchemaObjectNestingMode{
	"single": tfprotov6.SchemaObjectNestingModeSingle,
	"list":   tfprotov6.SchemaObjectNestingModeList,
	"set":    tfprotov6.SchemaObjectNestingModeSet,
	"map":    tfprotov6.SchemaObjectNestingModeMap,
}

var blockNesting = map[string]tfprotov6.SchemaNestedBlockNestingMode{
	"single": tfprotov6.SchemaNestedBlockNestingModeSingle,
	"list":   tfprotov6.SchemaNestedBlockNestingModeList,
	"set":    tfprotov6.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov6.SchemaNestedBlockNestingModeMap,
}

func attributesOf(all map[string]attribute) ([]*tfprotov6.SchemaAttribute, error) {
	var result []*tfprotov6.SchemaAttribute
	for name, each := range all {
		converted := &tfprotov6.SchemaAttribute{
			Name: name, Required: each.Required, Optional: each.Optional, Computed: each.Computed, Sensitive: each.Sensitive,
		}
		if each.Nested != nil {
			inner, err := attributesOf(each.Nested.Attributes)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			converted.NestedType = &tfprotov6.SchemaObject{Attributes: inner, Nesting: attributeNesting[each.Nested.Nesting]}
		} else {
			valueType, err := tftypes.ParseJSONType(each.Type)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			converted.Type = valueType
		}
		result = append(result, converted)
	}
	return result, nil
}

func blockOf(from block) (*tfprotov6.SchemaBlock, error) {
	attributes, err := attributesOf(from.Attributes)
	if err != nil {
		return nil, err
	}
	result := &tfprotov6.SchemaBlock{Attributes: attributes}
	for name, each := range from.Blocks {
		inner, err := blockOf(each.Block)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		result.BlockTypes = append(result.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: blockNesting[each.Nesting], MinItems: each.MinItems, MaxItems: each.MaxItems,
		})
	}
	return result, nil
}

func schemasOf(all map[string]schema) (map[string]*tfprotov6.Schema, error) {
	result := map[string]*tfprotov6.Schema{}
	for name, each := range all {
		converted, err := blockOf(each.Block)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		result[name] = &tfprotov6.Schema{Block: converted}
	}
	return result, nil
}

// What it does not answer is left to the interface, which is nil: nobody asks for it without a plan against the real cloud.
type server struct {
	tfprotov6.ProviderServer
	answer *tfprotov6.GetProviderSchemaResponse
}

func (s server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return &tfprotov6.GetMetadataResponse{ServerCapabilities: &tfprotov6.ServerCapabilities{}}, nil
}

func (s server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return s.answer, nil
}

func (s server) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (s server) ValidateProviderConfig(_ context.Context, request *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (s server) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (s server) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (s server) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return nil, errors.New("this provider only has a schema: it is for validate and for tests with mock_provider")
}

func (s server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func read() (*schemas, *tfprotov6.GetProviderSchemaResponse, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(program), "schema.json"))
	if err != nil {
		return nil, nil, err
	}
	var all schemas
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, nil, err
	}
	provider, err := blockOf(all.Provider.Block)
	if err != nil {
		return nil, nil, err
	}
	resources, err := schemasOf(all.Resources)
	if err != nil {
		return nil, nil, err
	}
	data, err := schemasOf(all.Data)
	if err != nil {
		return nil, nil, err
	}
	return &all, &tfprotov6.GetProviderSchemaResponse{
		Provider: &tfprotov6.Schema{Block: provider}, ResourceSchemas: resources, DataSourceSchemas: data,
	}, nil
}

func main() {
	all, answer, err := read()
	if err == nil {
		err = tf6server.Serve(all.Address, func() tfprotov6.ProviderServer { return server{answer: answer} })
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
