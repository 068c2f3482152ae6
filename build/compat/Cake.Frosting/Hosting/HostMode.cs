namespace Cake.Frosting.Hosting;

/// <summary>What the host does. When the command line asks for several, the first in this order is done.</summary>
internal enum HostMode
{
    /// <summary>Explains the options.</summary>
    Help,

    /// <summary>Tells the version.</summary>
    Version,

    /// <summary>Tells the version and more.</summary>
    Info,

    /// <summary>Lists the tasks that would run.</summary>
    DryRun,

    /// <summary>Shows which task depends on which.</summary>
    Tree,

    /// <summary>Lists all tasks.</summary>
    Description,

    /// <summary>Runs the targets.</summary>
    Run,
}
