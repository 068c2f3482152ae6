using System.Text.Json.Nodes;

namespace Sluice.Emulator.Arm;

/// <summary>An answer: status, document and the headers beyond those of every answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="HasBody">There is a body, which is <c>null</c> when <paramref name="Document"/> is.</param>
/// <param name="Document">The document.</param>
/// <param name="Headers">The headers.</param>
internal sealed record ArmReply(int Status, bool HasBody, JsonNode? Document, params IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>200 with a document.</summary>
    public static ArmReply Ok(JsonNode document) => new(200, true, document);

    /// <summary>200 without a body.</summary>
    public static ArmReply Done { get; } = new(200, false, null);

    /// <summary>201 with a document.</summary>
    public static ArmReply Created(JsonNode document, params IReadOnlyList<(string Name, string Value)> headers) => new(201, true, document, headers);

    /// <summary>202 with the body <c>null</c>.</summary>
    public static ArmReply Accepted(params IReadOnlyList<(string Name, string Value)> headers) => new(202, true, null, headers);

    /// <summary>204.</summary>
    public static ArmReply NoContent { get; } = new(204, false, null);
}
