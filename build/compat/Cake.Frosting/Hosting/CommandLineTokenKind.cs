namespace Cake.Frosting.Hosting;

/// <summary>The kinds of pieces of a command line.</summary>
internal enum CommandLineTokenKind
{
    /// <summary>A word without dashes: the value of the option before it, if that takes one.</summary>
    Word,

    /// <summary>The value in <c>--name=value</c> or <c>--name:value</c>.</summary>
    Value,

    /// <summary>An option such as <c>--name</c> or <c>-n</c>.</summary>
    Option,

    /// <summary>One of several short options behind one dash; it can't have a value.</summary>
    GroupedOption,

    /// <summary>Two dashes alone: what follows is for the tasks, not for the host.</summary>
    Separator,
}
