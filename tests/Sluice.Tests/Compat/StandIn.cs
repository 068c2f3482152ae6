using System.Reflection;

namespace Sluice.Tests.Compat;

/// <summary>The stand-ins of <c>build/compat</c>, by the names of their assemblies.</summary>
internal static class StandIn
{
    public const string CakeFrosting = "Cake.Frosting";
    public const string CakeJson = "Cake.Json";
    public const string MachineLearning = "Azure.ResourceManager.MachineLearning";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [MachineLearning, CakeFrosting, CakeJson];

    /// <summary>The stand-in's assembly; ignores the test where the official package is used instead.</summary>
    public static Assembly Load(string name)
    {
        var assembly = Assembly.Load(name);
        if (assembly.GetCustomAttribute<AssemblyCompanyAttribute>()?.Company != "The Sluice authors")
        {
            Assert.Ignore($"The official package {name} is used here, not its stand-in.");
        }

        return assembly;
    }
}
