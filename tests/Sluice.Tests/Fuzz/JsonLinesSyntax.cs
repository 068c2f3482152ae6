using Sluice.Tests.Fuzz.Documents;

namespace Sluice.Tests.Fuzz;

/// <summary>A JSON value a line; anything but a list of them is a line of its own.</summary>
internal sealed class JsonLinesSyntax : IDocumentSyntax
{
    private static readonly JsonSyntax Json = new(hasComments: false);

    public IReadOnlyList<string> Signs { get; } = [.. Json.Signs, "\n", "\r\n", "\n\n"];

    public FuzzNode Read(string text) =>
        new FuzzList(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Json.Read));

    public string Write(FuzzNode root, Random random) => string.Concat(
        (root is FuzzList list ? list.Children : [root]).Select(line => LineOf(line, random) + (random.Next(30) == 0 ? "\r\n" : "\n")));

    private static string LineOf(FuzzNode node, Random random) => Json.Write(node, random).Replace('\n', ' ').Replace('\r', ' ');
}
