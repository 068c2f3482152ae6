namespace Sluice.CommandLine;

/// <summary>A command line that shows what a target is for; its help lists them, and a test holds each against the reader of command lines.</summary>
/// <param name="arguments">What stands behind <c>--target=&lt;name&gt;</c>; empty for nothing.</param>
/// <param name="does">What that does, as a phrase.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class TaskExampleAttribute(string arguments, string does) : Attribute
{
    /// <summary>What stands behind the target.</summary>
    public string Arguments { get; } = arguments;

    /// <summary>What it does.</summary>
    public string Does { get; } = does;
}
