using Chat.Daemon.Sessions.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Messages;

internal static class MessageRegistration
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton<MessageRequests>()
        .AddSingleton<BotAccounts>()
        .AddSingleton<BotMessages>()
        .AddSingleton<Recipients>()
        .AddSingleton<Resends>()
        .AddSingleton<ChangeRequests>()
        .AddSingleton<ChangeAccess>()
        .AddSingleton<MessageDeletions>()
        .AddSingleton<DeletionAudit>()
        .AddSingleton<ConversationLookup>()
        .AddSingleton<TypingRequests>()
        .AddSingleton<HistoryRequests>()
        .AddSingleton<SearchRequests>()
        .AddSingleton<SearchScopes>()
        .AddSingleton<WorkPrice>()
        .AddSingleton<FoundPages>()
        .AddSingleton<MessageSubmission>()
        .AddSingleton<MentionResolver>()
        .AddSingleton<MentionRequests>()
        .AddSingleton<TextGate>();
}
