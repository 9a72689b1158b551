using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Plugins;

/// <summary>Collects what a plugin brings, while its <see cref="IChatPlugin.Configure"/> runs.</summary>
internal sealed class PluginSetup(ServiceCollection services) : IPluginBuilder
{
    private readonly List<Func<CommandDescriptor>> commands = [];
    private bool isOver;

    public IServiceCollection Services => services;

    public void Command(CommandDescriptor command) => Add(() => command);

    public CommandBuilder Command(string name, CommandInvoker invoke)
    {
        var builder = new CommandBuilder(name, invoke);
        Add(builder.Build);
        return builder;
    }

    /// <summary>Ends the setup: nothing is taken any more.</summary>
    public IReadOnlyList<CommandDescriptor> Close()
    {
        isOver = true;
        services.MakeReadOnly();
        return [.. commands.Select(build => build())];
    }

    private void Add(Func<CommandDescriptor> build)
    {
        if (isOver) throw new InvalidOperationException("Configure has returned: the daemon takes no more commands.");
        commands.Add(build);
    }
}
