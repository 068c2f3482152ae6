namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Another file that says a value which the config file leaves out.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Name">The file in words, for messages.</param>
/// <param name="Find">Finds the value; null when there is no such file.</param>
internal sealed record Elsewhere<T>(string Name, Func<Field<T>?> Find);
