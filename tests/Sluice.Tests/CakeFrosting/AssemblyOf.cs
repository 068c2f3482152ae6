using System.Reflection;

namespace Sluice.Tests.CakeFrosting;

/// <summary>An assembly that exports just these types, so that a host finds the tasks of one test and no others.</summary>
internal sealed class AssemblyOf(params Type[] types) : Assembly
{
    public override string FullName => $"Tasks of a test: {string.Join(", ", types.Select(type => type.Name))}";

    public override Type[] GetExportedTypes() => types;
}
