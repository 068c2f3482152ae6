namespace Cake.Frosting.Hosting;

/// <summary>The command line can't be read.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class CommandLineException(string message) : Exception(message);
