using System.Text.Json.Nodes;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>What the real service once answered.</summary>
/// <param name="Method">The request's method.</param>
/// <param name="Uri">The request's address, with masks for names.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Body">The answer's body, JSON.</param>
/// <param name="Headers">The answer's headers that clients read.</param>
internal sealed record RecordedAnswer(string Method, Uri Uri, int Status, string Body, (string Name, string Value)[] Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>Gives the answer once more.</summary>
    public HttpResponseMessage Give() => ScriptedService.Answer(Status, Body, Headers);
}
