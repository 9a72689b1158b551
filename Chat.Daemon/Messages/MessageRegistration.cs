using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Messages;

internal static class MessageRegistration
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton<MessageRequests>()
        .AddSingleton<HistoryRequests>()
        .AddSingleton<MessageSubmission>()
        .AddSingleton<TextGate>();
}
