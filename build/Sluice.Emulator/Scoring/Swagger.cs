using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Scoring.Mlflow;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring;

/// <summary>The description of a model's input and output that the inference server publishes, in versions 2, 3 and 3.1.</summary>
internal sealed class Swagger
{
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    private Swagger()
    {
    }

    /// <summary>Describes a model.</summary>
    /// <param name="sample">The sample; null when there is none, and then nothing is said of the input.</param>
    /// <param name="example">An example of <c>input_data</c>.</param>
    /// <param name="signature">The signature; null when there is none.</param>
    internal static Swagger Of(Sample? sample, JsonNode? example, ModelSignature? signature)
    {
        var swagger = new Swagger();
        foreach (var (version, alias) in new[] { ("2", "2.0"), ("3", "3.0"), ("3.1", "3.1") })
        {
            var schemas = new Schemas(version);
            var input = schemas.Input(sample, example, signature?.Parameters);
            var document = Serialize(schemas.Document(input, Schemas.Output(signature?.Outputs)));
            swagger._documents[version] = document;
            swagger._documents[alias] = document;
        }

        return swagger;
    }

    /// <summary>Finds the description of a version.</summary>
    /// <param name="version">2, 2.0, 3, 3.0 or 3.1.</param>
    /// <param name="document">The JSON.</param>
    /// <param name="problem">Why there is none.</param>
    internal bool TryGet(string version, [NotNullWhen(true)] out byte[]? document, [NotNullWhen(false)] out string? problem)
    {
        var found = _documents.TryGetValue(version, out document);
        problem = found ? null : $"Swagger version [{version}] is not valid. Supported versions: [2, 3, 3.1].";
        return found;
    }

    private static byte[] Serialize(JsonNode document)
    {
        using var buffer = new PooledBuffer(8192);
        Write(document, new PythonJsonWriter(buffer));
        return buffer.Span.ToArray();
    }

    private static void Write(JsonNode? node, PythonJsonWriter writer)
    {
        switch (node)
        {
            case JsonObject members:
                Write(members, "{"u8, "}"u8, writer, member =>
                {
                    writer.Key(member.Key);
                    Write(member.Value, writer);
                });
                break;
            case JsonArray items:
                Write(items, "["u8, "]"u8, writer, item => Write(item, writer));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                writer.Text(value.GetValue<string>());
                break;
            default:
                writer.Raw(JsonSerializer.SerializeToUtf8Bytes(node));
                break;
        }
    }

    private static void Write<T>(
        IEnumerable<T> items, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close, PythonJsonWriter writer, Action<T> write)
    {
        writer.Raw(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                writer.Separator();
            }

            first = false;
            write(item);
        }

        writer.Raw(close);
    }

    /// <summary>Builds one version's document.</summary>
    private sealed class Schemas(string version)
    {
        private readonly bool _isTwo = version == "2";

        internal JsonObject Document(JsonObject input, JsonObject output)
        {
            var error = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["message"] = Type("string") } };
            var definitions = new JsonObject { ["ServiceInput"] = input, ["ServiceOutput"] = output, ["ErrorResponse"] = error };
            var bearer = new JsonObject
            {
                ["Bearer"] = new JsonObject
                {
                    ["type"] = "apiKey",
                    ["name"] = "Authorization",
                    ["in"] = "header",
                    ["description"] = "Bearer, a space, a key.",
                },
            };
            var document = new JsonObject
            {
                [_isTwo ? "swagger" : "openapi"] = version switch { "2" => "2.0", "3" => "3.0.3", _ => "3.1.0" },
                ["info"] = new JsonObject { ["title"] = "ML service", ["description"] = "Scores an MLflow model.", ["version"] = "1.0" },
            };
            if (_isTwo)
            {
                document["schemes"] = new JsonArray("https");
                document["consumes"] = new JsonArray("application/json");
                document["produces"] = new JsonArray("application/json");
                document["securityDefinitions"] = bearer;
            }
            else
            {
                document["security"] = Security();
            }

            document["paths"] = Paths();
            if (_isTwo)
            {
                document["definitions"] = definitions;
            }
            else
            {
                document["components"] = new JsonObject { ["schemas"] = definitions, ["securitySchemes"] = bearer };
            }

            return document;
        }

        internal JsonObject Input(Sample? sample, JsonNode? example, IReadOnlyList<ParameterSpec>? parameters)
        {
            var data = example is null ? Type("object") : Schema(example);
            if (sample is not null)
            {
                data["format"] = sample is Sample.Table ? "pandas.DataFrame:split" : "numpy.ndarray";
            }

            var properties = new JsonObject { ["input_data"] = data };
            var examples = new JsonObject { ["input_data"] = example?.DeepClone() ?? new JsonObject() };
            if (parameters is { Count: > 0 })
            {
                properties["params"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject(parameters.Select(spec => KeyValuePair.Create(spec.Name, (JsonNode?)TypeOf(spec)))),
                };
            }

            return new JsonObject { ["type"] = "object", ["properties"] = properties, ["example"] = examples };
        }

        internal static JsonObject Output(InputSchema? outputs) => outputs switch
        {
            InputSchema.Columns { Named: true } columns => new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject(
                        columns.Specs.Select(spec => KeyValuePair.Create(spec.Name!, (JsonNode?)TypeOf(spec.Type)))),
                },
            },
            _ => new JsonObject { ["type"] = "object", ["example"] = new JsonObject() },
        };

        private static JsonObject Type(string type, string? format = null)
        {
            var schema = new JsonObject { ["type"] = type };
            if (format is not null)
            {
                schema["format"] = format;
            }

            return schema;
        }

        private static JsonObject TypeOf(ParameterSpec spec)
            => spec.IsList ? new JsonObject { ["type"] = "array", ["items"] = TypeOf(spec.Type) } : TypeOf(spec.Type);

        private static JsonObject TypeOf(string mlflowType) => mlflowType switch
        {
            "boolean" => Type("boolean"),
            "integer" => Type("integer", "int32"),
            "long" => Type("integer", "int64"),
            "float" => Type("number", "float"),
            "double" => Type("number", "double"),
            "datetime" => Type("string", "date-time"),
            "binary" => Type("string", "byte"),
            "string" => Type("string"),
            _ => Type("object"),
        };

        private JsonObject Schema(JsonNode? value)
        {
            switch (value)
            {
                case JsonArray items:
                    return new JsonObject { ["type"] = "array", ["items"] = Common(items) };
                case JsonObject members:
                    return new JsonObject
                    {
                        ["type"] = "object",
                        ["required"] = new JsonArray([.. members.Select(member => (JsonNode)member.Key)]),
                        ["properties"] = new JsonObject(
                            members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Schema(member.Value)))),
                    };
                default:
                    return value?.GetValueKind() switch
                    {
                        JsonValueKind.String => Type("string"),
                        JsonValueKind.True or JsonValueKind.False => Type("boolean"),
                        JsonValueKind.Number when value.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0 => Type("integer", "int64"),
                        JsonValueKind.Number => Type("number", "double"),
                        _ => [],
                    };
            }
        }

        // A list of several types cannot be said in version 2.
        private JsonObject Common(JsonArray items)
        {
            var kinds = items.Select(Schema).DistinctBy(schema => schema.ToJsonString()).ToList();
            return kinds switch
            {
                [] => [],
                [var only] => only,
                _ when _isTwo => [],
                _ => new JsonObject { ["oneOf"] = new JsonArray([.. kinds]) },
            };
        }

        private static JsonArray Security() => new(new JsonObject { ["Bearer"] = new JsonArray() });

        private JsonObject Reference(string name)
            => new() { ["$ref"] = _isTwo ? $"#/definitions/{name}" : $"#/components/schemas/{name}" };

        private JsonObject Answer(string description, JsonObject schema, string contentType)
        {
            var answer = new JsonObject { ["description"] = description };
            if (_isTwo)
            {
                answer["schema"] = schema;
            }
            else
            {
                answer["content"] = new JsonObject { [contentType] = new JsonObject { ["schema"] = schema } };
            }

            return answer;
        }

        private JsonObject Operation(string id, string description, string success, JsonObject schema, string contentType)
            => new()
            {
                ["operationId"] = id,
                ["description"] = description,
                ["responses"] = new JsonObject
                {
                    ["200"] = Answer(success, schema, contentType),
                    ["default"] = Answer("The request failed.", Reference("ErrorResponse"), "application/json"),
                },
            };

        private JsonObject Paths()
        {
            var score = Operation("RunMLService", "Scores.", "The scores.", Reference("ServiceOutput"), "application/json");
            score["security"] = Security();
            if (_isTwo)
            {
                score["parameters"] = new JsonArray(new JsonObject
                {
                    ["name"] = "serviceInputPayload",
                    ["in"] = "body",
                    ["schema"] = Reference("ServiceInput"),
                });
            }
            else
            {
                score["requestBody"] = new JsonObject
                {
                    ["content"] = new JsonObject
                    {
                        ["application/json"] = new JsonObject { ["schema"] = Reference("ServiceInput") },
                    },
                };
            }

            return new JsonObject
            {
                ["/"] = new JsonObject
                {
                    ["get"] = Operation("ServiceHealthCheck", "Tells whether the service is up.", "It is.", Type("string"), "text/plain"),
                },
                ["/score"] = new JsonObject { ["post"] = score },
                ["/swagger.json"] = new JsonObject
                {
                    ["get"] = Operation("GetSwaggerSpec", "This document.", "The document.", Type("string"), "text/plain"),
                },
            };
        }
    }
}
