using System.Text;

namespace Sluice.Tests.Fuzz.Documents;

/// <summary>
/// Keeps what is generated in the test's folder. A path in it may become any other one, and a reader that is told to hash the machine's
/// whole file system does so. What no longer leads out is a path all the same.
/// </summary>
internal static class InsidePaths
{
    private static readonly string[] Schemes = ["https:", "http:", "azureml:", "comment *"];

    /// <summary>Absolute paths of the samples, none of them on this machine, and the comments of <see cref="JsonSyntax"/>.</summary>
    private static readonly string[] Elsewhere =
        ["/subscriptions/", "/var/models", "/score", "/live", "/ready", "// a \" comment", "/ a \" comment", "/* a { comment */"];

    /// <summary>The text without absolute paths and without ways up.</summary>
    public static string Of(string text) => Encoding.Latin1.GetString(Of(Encoding.Latin1.GetBytes(text)));

    /// <inheritdoc cref="Of(string)"/>
    public static byte[] Of(byte[] text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var isWayUp = text[index] == '.' && index > 0 && text[index - 1] == '.';
            if (isWayUp || (text[index] == '/' && !IsWithin(text.AsSpan(0, index)) && !IsElsewhere(text.AsSpan(index))))
            {
                text[index] = (byte)'_';
            }
        }

        return text;
    }

    private static bool IsElsewhere(ReadOnlySpan<byte> path)
    {
        foreach (var known in Elsewhere)
        {
            if (path.StartsWith(Encoding.ASCII.GetBytes(known)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWithin(ReadOnlySpan<byte> before)
    {
        if (before is [.., var last] && (char.IsAsciiLetterOrDigit((char)last) || last is (byte)'_' or (byte)'-' or (byte)'.' or (byte)'}'))
        {
            return true;
        }

        foreach (var scheme in Schemes)
        {
            if (before.EndsWith(Encoding.ASCII.GetBytes(scheme)) || before.EndsWith(Encoding.ASCII.GetBytes(scheme + "/")))
            {
                return true;
            }
        }

        return false;
    }
}
