namespace Sluice.CommandLine;

/// <summary>What an argument's value looks like.</summary>
internal enum ArgumentKind
{
    /// <summary>Any text but an empty one.</summary>
    Text,

    /// <summary>A path, relative to the person's current directory.</summary>
    Path,

    /// <summary>True when it stands alone; <c>=true</c> or <c>=false</c> otherwise.</summary>
    Flag,

    /// <summary>A whole number within a range.</summary>
    Integer,

    /// <summary>A number above 0, with a point for the fraction.</summary>
    Number,

    /// <summary>Whole numbers within a range, with commas between.</summary>
    Integers,

    /// <summary>A time with its unit.</summary>
    Duration,

    /// <summary>One of a few words, in any case.</summary>
    Choice,

    /// <summary>What a candidate is made worse by, see <see cref="Injection"/>.</summary>
    Faults,
}
