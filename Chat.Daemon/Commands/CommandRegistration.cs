using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Commands;

internal static class CommandRegistration
{
    public static IServiceCollection AddCommands(this IServiceCollection services) => services
        .AddSingleton<CommandRequests>()
        .AddSingleton<CompletionRequests>()
        .AddSingleton<CommandPosts>()
        .AddSingleton<CommandRegistry>()
        .AddSingleton<HandlerOffers>()
        .AddSingleton<CommandPipeline>()
        .AddSingleton<CommandChecks>()
        .AddSingleton<ArgumentReader>()
        .AddSingleton<CommandExecutor>()
        .AddSingleton<CommandRecorder>()
        .AddSingleton<CommandCompletion>()
        .AddSingleton<Suggestions>()
        .AddSingleton<CommandExplainer>()
        .AddSingleton<CommandHelp>()
        .AddSingleton<IEntityDirectory, EntityDirectory>();
}
