using System.Globalization;
using Cake.Common.Build;

namespace Sluice.Output.Agents;

/// <summary>Writes the commands of Cake's build system providers somewhere else than to standard output, one a line.</summary>
internal sealed class AgentMessages(TextWriter writer) : IBuildSystemServiceMessageWriter
{
    /// <inheritdoc/>
    public void Write(string format, params object[] args) =>
        writer.WriteLine(args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args));
}
