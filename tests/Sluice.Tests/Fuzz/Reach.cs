namespace Sluice.Tests.Fuzz;

/// <summary>How far an input got.</summary>
internal enum Reach
{
    /// <summary>It was refused for its form; what it says was not looked at.</summary>
    Unparsed,

    /// <summary>Its form was right, and it was refused for what it says.</summary>
    Judged,

    /// <summary>Nothing was wrong with it.</summary>
    Accepted,
}
