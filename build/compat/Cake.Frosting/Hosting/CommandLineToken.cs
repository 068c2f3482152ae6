namespace Cake.Frosting.Hosting;

/// <summary>A piece of the command line.</summary>
/// <param name="Kind">What the piece is.</param>
/// <param name="Text">The option's name without dashes, the word, or the value.</param>
/// <param name="Spelling">The piece as it was written, for messages.</param>
internal readonly record struct CommandLineToken(CommandLineTokenKind Kind, string Text, string Spelling);
