using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json.Linq;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>What a scalar may be: how it is read, which values are allowed, and how the schema says so.</summary>
/// <typeparam name="T">The type it is read into.</typeparam>
/// <param name="Allowed">What is allowed, in words that fit behind "allowed: ".</param>
/// <param name="Parse">Reads a scalar.</param>
/// <param name="IsAllowed">Whether a value is allowed.</param>
/// <param name="Write">Writes a value as the schema's default.</param>
/// <param name="Schema">Makes the schema of the values; a function, because a reading that writes no schema needs none.</param>
internal sealed record Format<T>(
    string Allowed,
    Format<T>.Parser Parse,
    Predicate<T> IsAllowed,
    Func<T, JToken> Write,
    Func<JObject> Schema)
{
    /// <summary>Reads a scalar; false when it is something else.</summary>
    internal delegate bool Parser(SpecScalar scalar, [MaybeNullWhen(false)] out T value);

    /// <summary>Reads an allowed value; false when it is none.</summary>
    public bool TryRead(SpecNode node, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return node is SpecScalar { IsNull: false } scalar && Parse(scalar, out value) && IsAllowed(value);
    }
}
