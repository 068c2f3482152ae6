using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Xml;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>Finds the values of a JSON body in the official types, by the names that those give to the members of the wire.</summary>
internal static class OfficialName
{
    /// <summary>
    /// Where the official name is not the wire's in capitals. The names of a workspace's properties stand in the
    /// workspace itself.
    /// </summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["type"] = "ResourceType",
        ["identity.type"] = "ManagedServiceIdentityType",
        ["createdAt"] = "CreatedOn",
        ["lastModifiedAt"] = "LastModifiedOn",
        ["expiryTimeUtc"] = "ExpireOn",
        ["refreshAfterTimeUtc"] = "RefreshOn",
        ["discoveryUrl"] = "DiscoveryUri",
        ["hbiWorkspace"] = "IsHbiWorkspace",
    };

    /// <summary>Members of the wire that the official types say by their own type.</summary>
    private static readonly HashSet<string> Discriminators =
        ["endpointComputeType", "scaleType", "datastoreType", "credentialsType", "secretsType"];

    /// <summary>Whether an object has a value of the wire.</summary>
    public static bool Has(object? value, JsonLeaf leaf)
    {
        for (var index = 0; index < leaf.Steps.Count; index++)
        {
            var step = leaf.Steps[index];
            if (value is null)
            {
                return false;
            }

            if (Discriminators.Contains(step) && Property(value, step) is null)
            {
                return value.GetType().Name.Contains(leaf.Text, StringComparison.Ordinal);
            }

            value = Step(value, step, index == 0 ? step : $"{leaf.Steps[index - 1]}.{step}");
        }

        return IsEqual(value, leaf.Text);
    }

    private static object? Step(object value, string step, string longStep)
    {
        if (value is IDictionary map)
        {
            return map.Keys.Cast<object>().Where(key => $"{key}" == step).Select(key => map[key]).SingleOrDefault();
        }

        if (value is IList list)
        {
            return list[int.Parse(step, CultureInfo.InvariantCulture)];
        }

        var name = Names.GetValueOrDefault(longStep) ?? Names.GetValueOrDefault(step) ?? step;
        var property = Property(value, name);
        return property is null && step == "properties" ? value : property?.GetValue(value);
    }

    private static PropertyInfo? Property(object value, string name) =>
        value.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    private static bool IsEqual(object? value, string text) => value switch
    {
        null => false,
        bool truth => text == (truth ? "true" : "false"),
        TimeSpan time => XmlConvert.ToTimeSpan(text) == time,
        DateTimeOffset time when long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) => time.ToUnixTimeSeconds() == seconds,
        DateTimeOffset time => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) == time,
        Uri uri => uri.OriginalString == text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture) == text,
        _ => value.ToString() == text,
    };
}
