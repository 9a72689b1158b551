using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Accounts;

internal static class AccountRegistration
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AccountStore>()
        .AddSingleton<PasswordHasher>()
        .AddSingleton<GuessLimits>()
        .AddSingleton<KnownNetworkStore>()
        .AddSingleton<Credentials>()
        .AddSingleton<OperatorAudit>()
        .AddSingleton<PasswordReset>()
        .AddSingleton<AccountExport>()
        .AddSingleton<ErasureStore>()
        .AddSingleton<RowErasure>()
        .AddSingleton<LogErasure>()
        .AddSingleton<Bans>()
        .AddSingleton<Mutes>()
        .AddSingleton<Blocks>()
        .AddSingleton<Silences>()
        .AddSingleton<RuntimePermissions>()
        .AddSingleton<FirstAdmin>()
        .AddSingleton<FirstAdminPassword>();
}
