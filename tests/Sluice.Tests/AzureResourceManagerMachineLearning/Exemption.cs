using System.Text.RegularExpressions;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>Members of the specification's examples that get lost, and why that is right.</summary>
/// <param name="Resource">A pattern for the kinds of resources that it holds for.</param>
/// <param name="Path">A pattern for the ways to the members.</param>
/// <param name="Reason">The reason.</param>
internal sealed record Exemption(string Resource, string Path, string Reason)
{
    /// <summary>Whether it holds for a member.</summary>
    public bool Covers(SpecificationExample example, JsonLeaf leaf) =>
        Regex.IsMatch(example.Resource, $"^({Resource})$") && Regex.IsMatch(leaf.Path, $"^({Path})$");
}
