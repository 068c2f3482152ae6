using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>
/// How the models become JSON and back: camel case, nulls neither sent nor missed, unknown members ignored, members
/// that only the service sets read and never sent.
/// </summary>
internal static class WireJson
{
    /// <summary>The settings for every body.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Reads the body of an answer.</summary>
    /// <exception cref="RequestFailedException">The body is not the JSON that was expected.</exception>
    public static T Read<T>(Response response)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(response.Content, Options) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException exception)
        {
            throw new RequestFailedException(
                response.Status, $"The answer cannot be read as {typeof(T).Name}: {exception.Message}", "InvalidResponse", exception);
        }
    }

    /// <summary>Writes the body of a request.</summary>
    public static BinaryData Write<T>(T body) => new(JsonSerializer.SerializeToUtf8Bytes(body, Options));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { HonourReadOnly, LeaveOutUntouched } },
            Converters =
            {
                new ExtensibleEnumConverterFactory(),
                new DurationConverter(),
                new ResourceIdentifierConverter(),
                new BinaryDataConverter(),
                new SkuTierConverter(),
                new DiscriminatedConverter<MachineLearningOnlineDeploymentProperties, UnknownOnlineDeployment>(
                    "endpointComputeType",
                    new Dictionary<string, Type>
                    {
                        ["Managed"] = typeof(MachineLearningManagedOnlineDeployment),
                        ["Kubernetes"] = typeof(MachineLearningKubernetesOnlineDeployment),
                    }),
                new DiscriminatedConverter<MachineLearningOnlineScaleSettings, UnknownOnlineScaleSettings>(
                    "scaleType",
                    new Dictionary<string, Type>
                    {
                        ["Default"] = typeof(MachineLearningDefaultScaleSettings),
                        ["TargetUtilization"] = typeof(MachineLearningTargetUtilizationScaleSettings),
                    }),
                new DiscriminatedConverter<MachineLearningDatastoreProperties, UnknownDatastore>(
                    "datastoreType",
                    new Dictionary<string, Type> { ["AzureBlob"] = typeof(MachineLearningAzureBlobDatastore) }),
                new DiscriminatedConverter<MachineLearningDatastoreCredentials, UnknownDatastoreCredentials>(
                    "credentialsType",
                    new Dictionary<string, Type>
                    {
                        ["AccountKey"] = typeof(MachineLearningAccountKeyDatastoreCredentials),
                        ["Sas"] = typeof(MachineLearningSasDatastoreCredentials),
                        ["None"] = typeof(MachineLearningNoneDatastoreCredentials),
                    }),
                new DiscriminatedConverter<MachineLearningDatastoreSecrets, UnknownDatastoreSecrets>(
                    "secretsType",
                    new Dictionary<string, Type>
                    {
                        ["AccountKey"] = typeof(MachineLearningAccountKeyDatastoreSecrets),
                        ["Sas"] = typeof(MachineLearningSasDatastoreSecrets),
                    }),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void HonourReadOnly(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider is PropertyInfo member && member.IsDefined(typeof(ReadOnlyOnWireAttribute), inherit: true))
            {
                property.Set = member.SetValue;
                property.ShouldSerialize = static (_, _) => false;
            }
        }
    }

    private static void LeaveOutUntouched(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            {
                property.ShouldSerialize = static (_, value) => value is not null && !IsUntouched(value);
            }
        }
    }

    private static bool IsUntouched(object map) =>
        map.GetType() is { IsGenericType: true } type
        && type.GetGenericTypeDefinition() == typeof(UntouchedDictionary<>)
        && ((System.Collections.ICollection)map).Count == 0;
}
