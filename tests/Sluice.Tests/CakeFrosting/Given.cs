using Cake.Core;

namespace Sluice.Tests.CakeFrosting;

/// <summary>The arguments that a host handed to the context of its run.</summary>
internal sealed class Given
{
    public ICakeArguments? Arguments { get; set; }

    /// <summary>Each argument as a line, in alphabetical order: its name, and its values between bars.</summary>
    public IEnumerable<string> Lines => Arguments is null
        ? []
        : Arguments.GetArguments()
            .Select(argument => $"{argument.Key} = {string.Join('|', argument.Value.Select(value => value ?? "(none)"))}")
            .Order(StringComparer.Ordinal);
}
