using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Bicep.Types.Concrete;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>
/// Finds what is wrong with a body: members that Azure does not know, required ones that are missing, read-only ones
/// that are sent, values of another type, unknown words that tell types apart, and words outside the named ones of an
/// enum. The definitions leave enums open, for words to come; a client that sends one which nobody has named yet is
/// mistaken all the same.
/// </summary>
internal sealed class BodyErrors
{
    /// <summary>What stands in the address, and in no body that is sent.</summary>
    private static readonly HashSet<string> OfTheAddress = ["id", "name", "type", "apiVersion"];

    /// <summary>The definitions have integers only; in the specification this one is a number.</summary>
    private static readonly HashSet<string> Fractions = ["samplingRate"];

    /// <summary>
    /// What PATCH takes, where the specification gives it a body of its own (PartialMinimalTrackedResourceWithIdentity and
    /// PartialMinimalTrackedResourceWithSku); the definitions are those of PUT.
    /// </summary>
    private static readonly Dictionary<string, HashSet<string>> PatchMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.MachineLearningServices/workspaces/onlineEndpoints"] = ["tags", "identity"],
        ["Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments"] = ["tags", "sku"],
    };

    private readonly List<string> _errors = [];
    private readonly bool _isPatch;

    private BodyErrors(bool isPatch) => _isPatch = isPatch;

    /// <summary>The mistakes of a body, each with its place.</summary>
    public static IReadOnlyList<string> Of(SentBody sent, AzureTypes types)
    {
        var errors = new BodyErrors(sent.Method == "PATCH");
        errors.Check(types.BodyOf(sent.ResourceType, sent.ApiVersion), sent.Body, "");
        if (sent.Method == "PATCH")
        {
            errors.CheckPatch(sent);
        }

        return errors._errors;
    }

    private void CheckPatch(SentBody sent)
    {
        if (!PatchMembers.TryGetValue(sent.ResourceType, out var allowed))
        {
            Add("", $"{sent.ResourceType} takes no PATCH");
            return;
        }

        foreach (var (name, _) in sent.Body.AsObject().Where(member => !allowed.Contains(member.Key)))
        {
            Add(name, $"PATCH does not take it; allowed are {string.Join(", ", allowed)}");
        }
    }

    private void Check(TypeBase type, JsonNode? value, string place)
    {
        switch (type)
        {
            case AnyType:
                break;
            case ObjectType known when value is JsonObject members:
                CheckMembers(known.Properties, known.AdditionalProperties?.Type, members, place);
                break;
            case DiscriminatedObjectType family when value is JsonObject members:
                CheckFamily(family, members, place);
                break;
            case ArrayType list when value is JsonArray items:
                CheckItems(list, items, place);
                break;
            case UnionType union:
                CheckUnion(union, value, place);
                break;
            case StringType text when KindOf(value) == JsonValueKind.String:
                CheckText(text, value!.GetValue<string>(), place);
                break;
            case StringLiteralType literal when KindOf(value) == JsonValueKind.String:
                if (value!.GetValue<string>() != literal.Value)
                {
                    Add(place, $"is '{value.GetValue<string>()}'; allowed is '{literal.Value}'");
                }

                break;
            case BooleanType when KindOf(value) is JsonValueKind.True or JsonValueKind.False:
                break;
            case IntegerType range when KindOf(value) == JsonValueKind.Number:
                CheckNumber(range, value!.GetValue<decimal>(), place);
                break;
            default:
                Add(place, $"is {(value is null ? "null" : value.ToJsonString())}; wanted is {Name(type)}");
                break;
        }
    }

    private void CheckMembers(
        IReadOnlyDictionary<string, ObjectTypeProperty> known, TypeBase? others, JsonObject members, string place)
    {
        foreach (var (name, value) in members)
        {
            var at = place.Length == 0 ? name : $"{place}.{name}";
            if (place.Length == 0 && OfTheAddress.Contains(name))
            {
                Add(at, "stands in the address and is not sent");
            }
            else if (!known.TryGetValue(name, out var property))
            {
                if (others is null)
                {
                    Add(at, $"is unknown; known are {string.Join(", ", known.Keys)}");
                }
                else
                {
                    Check(others, value, at);
                }
            }
            else if (property.Flags.HasFlag(ObjectTypePropertyFlags.ReadOnly))
            {
                Add(at, "is read-only");
            }
            else
            {
                Check(property.Type.Type, value, at);
            }
        }

        // What a PATCH leaves out stays as it is.
        var missing = _isPatch && place.Length == 0
            ? []
            : known.Where(property => property.Value.Flags.HasFlag(ObjectTypePropertyFlags.Required)
                && !members.ContainsKey(property.Key)
                && !(place.Length == 0 && OfTheAddress.Contains(property.Key)));
        foreach (var (name, _) in missing)
        {
            Add(place.Length == 0 ? name : $"{place}.{name}", "is required and missing");
        }
    }

    private void CheckFamily(DiscriminatedObjectType family, JsonObject members, string place)
    {
        var word = KindOf(members[family.Discriminator]) == JsonValueKind.String ? members[family.Discriminator]!.GetValue<string>() : null;
        if (word is null || !family.Elements.TryGetValue(word, out var element))
        {
            Add($"{place}.{family.Discriminator}", $"is '{word}'; allowed are {string.Join(", ", family.Elements.Keys)}");
            return;
        }

        var own = (ObjectType)element.Type;
        CheckMembers(
            family.BaseProperties.Concat(own.Properties).ToDictionary(property => property.Key, property => property.Value),
            own.AdditionalProperties?.Type,
            members,
            place);
    }

    private void CheckItems(ArrayType list, JsonArray items, string place)
    {
        if (items.Count < list.MinLength || items.Count > list.MaxLength)
        {
            Add(place, $"has {items.Count} items; allowed are {list.MinLength} to {list.MaxLength}");
        }

        for (var index = 0; index < items.Count; index++)
        {
            Check(list.ItemType.Type, items[index], $"{place}[{index}]");
        }
    }

    private void CheckUnion(UnionType union, JsonNode? value, string place)
    {
        var words = union.Elements.Select(element => element.Type).OfType<StringLiteralType>().Select(literal => literal.Value).ToList();
        if (words.Count > 0)
        {
            if (KindOf(value) != JsonValueKind.String || !words.Contains(value!.GetValue<string>()))
            {
                Add(place, $"is {value?.ToJsonString() ?? "null"}; named are {string.Join(", ", words)}");
            }

            return;
        }

        var attempts = union.Elements.Select(element =>
        {
            var attempt = new BodyErrors(_isPatch);
            attempt.Check(element.Type, value, place);
            return attempt._errors;
        }).ToList();
        if (attempts.TrueForAll(errors => errors.Count > 0))
        {
            _errors.AddRange(attempts[0]);
        }
    }

    private void CheckText(StringType type, string text, string place)
    {
        if (text.Length < type.MinLength || text.Length > type.MaxLength)
        {
            Add(place, $"has {text.Length} letters; allowed are {type.MinLength} to {type.MaxLength}");
        }

        if (type.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            Add(place, $"is '{text}'; it must match {pattern}");
        }
    }

    private void CheckNumber(IntegerType range, decimal number, string place)
    {
        if (number != decimal.Truncate(number) && !Fractions.Contains(place.Split('.')[^1]))
        {
            Add(place, $"is {number}; wanted is an integer");
        }

        if (number < range.MinValue || number > range.MaxValue)
        {
            Add(place, $"is {number}; allowed are {range.MinValue} to {range.MaxValue}");
        }
    }

    private void Add(string place, string what) => _errors.Add($"{(place.Length == 0 ? "the body" : place)}: {what}.");

    private static JsonValueKind KindOf(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static string Name(TypeBase type) => type switch
    {
        ObjectType or DiscriminatedObjectType => "an object",
        ArrayType => "an array",
        StringType or StringLiteralType => "a string",
        BooleanType => "true or false",
        IntegerType => "an integer",
        _ => type.GetType().Name,
    };
}
