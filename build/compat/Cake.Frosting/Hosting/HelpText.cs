using Cake.Core;

namespace Cake.Frosting.Hosting;

/// <summary>The explanation of the host's options.</summary>
internal static class HelpText
{
    private const string Text = """
        USAGE:
            [program] [OPTIONS]

        OPTIONS:
            -h, --help                     Prints help information
            -t, --target <TARGET>          The task to run, may be repeated; Default when left out
            -w, --working <PATH>           The directory to work in
            -v, --verbosity <VERBOSITY>    Quiet, Minimal, Normal, Verbose or Diagnostic
                --description              Shows a description of each task
                --tree                     Shows the tree of dependencies
                --dryrun                   Lists the tasks without running them
            -e, --exclusive                Runs the target's own task without its dependencies
                --no-report                Leaves out the report at the end
                --version                  Shows the version
                --info                     Shows the version and more

        All other options are arguments for the tasks: --name=value, --name value or --name.
        """;

    /// <summary>Writes the explanation.</summary>
    /// <param name="console">The console to write to.</param>
    public static void Write(IConsole console) => console.WriteLine("{0}", Text);
}
