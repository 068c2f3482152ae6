namespace Sluice.Rollouts;

/// <summary>Texts from elsewhere that may be longer than there is room for.</summary>
public static class Shortened
{
    /// <summary>The text where it is no longer than a length; else its beginning, with an ellipsis, and no character cut in two.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The length in UTF-16 units, at least 2.</param>
    public static string Of(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= longest)
        {
            return text;
        }

        var end = longest - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }
}
