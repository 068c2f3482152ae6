namespace Sluice.Output;

/// <summary>Percents as bars of text.</summary>
internal static class Bars
{
    /// <summary>A bar: a share above 0 shows, and one below 100 leaves a gap.</summary>
    /// <param name="percent">0 to 100.</param>
    /// <param name="width">The characters of 100 %, at least 2.</param>
    public static string Of(int percent, int width)
    {
        var full = percent switch
        {
            <= 0 => 0,
            >= 100 => width,
            _ => Math.Clamp((int)Math.Round(percent * width / 100.0), 1, width - 1),
        };
        return new string('█', full).PadRight(width, '·');
    }
}
