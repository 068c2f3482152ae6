using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Cake.Json;

/// <summary>
/// Reads and writes JSON from a build. This is a stand-in for the official Cake.Json 7.0.1, source-compatible with it, that works on the
/// engine in use.
/// </summary>
/// <remarks>
/// Relative paths start at the working directory of the context's environment. Files are read and written directly, not by the context's
/// file system, as UTF-8 without a byte order mark.
/// </remarks>
[CakeAliasCategory("Json")]
public static class JsonAliases
{
    /// <summary>Reads an object from a file.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="filename">The file.</param>
    /// <returns>The object.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="JsonException">The content is not JSON, or does not fit the type.</exception>
    [CakeMethodAlias]
    public static T DeserializeJsonFromFile<T>(this ICakeContext context, FilePath filename) =>
        context.DeserializeJson<T>(File.ReadAllText(context.AbsolutePath(filename)));

    /// <summary>Reads an object from a text.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="json">The text.</param>
    /// <returns>The object.</returns>
    /// <exception cref="JsonException">The text is not JSON, or does not fit the type.</exception>
    [CakeMethodAlias]
    public static T DeserializeJson<T>(this ICakeContext context, string json)
    {
        ArgumentNullException.ThrowIfNull(context);

        // The text "null" gives null, as in the official package, whose signature knows no nullable types.
        return JsonConvert.DeserializeObject<T>(json)!;
    }

    /// <summary>Writes an object to a file, indented by two spaces.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="filename">The file, which is replaced when it exists.</param>
    /// <param name="instance">The object.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    [CakeMethodAlias]
    public static void SerializeJsonToPrettyFile<T>(this ICakeContext context, FilePath filename, T instance) =>
        File.WriteAllText(context.AbsolutePath(filename), context.SerializeJsonPretty(instance));

    /// <summary>Writes an object to a file, on one line.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="filename">The file, which is replaced when it exists.</param>
    /// <param name="instance">The object.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    [CakeMethodAlias]
    public static void SerializeJsonToFile<T>(this ICakeContext context, FilePath filename, T instance) =>
        File.WriteAllText(context.AbsolutePath(filename), context.SerializeJson(instance));

    /// <summary>Writes an object to a text on one line.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="instance">The object.</param>
    /// <returns>The text.</returns>
    [CakeMethodAlias]
    public static string SerializeJson<T>(this ICakeContext context, T instance)
    {
        ArgumentNullException.ThrowIfNull(context);
        return JsonConvert.SerializeObject(instance);
    }

    /// <summary>Writes an object to a text, indented by two spaces, with the platform's line ends.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="instance">The object.</param>
    /// <returns>The text.</returns>
    [CakeMethodAlias]
    public static string SerializeJsonPretty<T>(this ICakeContext context, T instance)
    {
        ArgumentNullException.ThrowIfNull(context);
        return JsonConvert.SerializeObject(instance, Formatting.Indented);
    }

    /// <summary>Reads a text without a type in mind.</summary>
    /// <param name="context">The context.</param>
    /// <param name="json">The text.</param>
    /// <returns>The JSON object.</returns>
    /// <exception cref="JsonException">The text is not a JSON object; an array or a single value is none.</exception>
    [CakeMethodAlias]
    [CakeNamespaceImport("Newtonsoft.Json.Linq")]
    public static JObject ParseJson(this ICakeContext context, string json)
    {
        ArgumentNullException.ThrowIfNull(context);
        return JObject.Parse(json);
    }

    /// <summary>Reads a file without a type in mind.</summary>
    /// <param name="context">The context.</param>
    /// <param name="filename">The file.</param>
    /// <returns>The JSON object.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="JsonException">The content is not a JSON object; an array or a single value is none.</exception>
    [CakeMethodAlias]
    [CakeNamespaceImport("Newtonsoft.Json.Linq")]
    public static JObject ParseJsonFromFile(this ICakeContext context, FilePath filename) =>
        context.ParseJson(File.ReadAllText(context.AbsolutePath(filename)));

    private static string AbsolutePath(this ICakeContext context, FilePath filename)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(filename);
        return filename.MakeAbsolute(context.Environment).FullPath;
    }
}
