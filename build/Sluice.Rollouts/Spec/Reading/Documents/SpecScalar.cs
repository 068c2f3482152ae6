using System.Text.RegularExpressions;

namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>A value without members.</summary>
/// <param name="Place">Where it starts.</param>
/// <param name="Text">The text: of a string its content, of anything else the literal as it is written.</param>
/// <param name="Types">What the value may be read as.</param>
/// <param name="IsQuoted">Whether a YAML file writes it in quotes or as a block, which makes a text of it whatever it looks like.</param>
internal sealed partial record SpecScalar(Place Place, string Text, ScalarTypes Types, bool IsQuoted = false) : SpecNode(Place)
{
    private const int LongestShown = 60;

    /// <summary>Whether it is <c>null</c>, which counts as not written at all.</summary>
    public bool IsNull => Types == ScalarTypes.None;

    /// <summary>Whether it stands for something that is to be filled in: <c>&lt;workspace&gt;</c>.</summary>
    public bool IsPlaceholder => Text is ['<', .., '>'];

    /// <inheritdoc/>
    public override string Found
    {
        get
        {
            // Messages go into the logs of builds, where an address must not tell its password.
            var text = PasswordInAddress.Replace(Text, "://***@");
            var shown = text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown), "…");
            return IsNull ? "null" : Types.HasFlag(ScalarTypes.Text) ? $"\"{shown}\"" : shown;
        }
    }

    [GeneratedRegex("://[^/?#]*@", RegexOptions.CultureInvariant)]
    private static partial Regex PasswordInAddress { get; }
}
