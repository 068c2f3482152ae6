namespace Sluice.Tests.Fuzz.Documents;

/// <summary>A way to write nodes as text.</summary>
internal interface IDocumentSyntax
{
    /// <summary>Signs that mean something in this syntax, to be put where they do not belong.</summary>
    IReadOnlyList<string> Signs { get; }

    /// <summary>Reads a valid document.</summary>
    FuzzNode Read(string text);

    /// <summary>Writes nodes, in one of the forms that the syntax has for the same content.</summary>
    string Write(FuzzNode root, Random random);
}
