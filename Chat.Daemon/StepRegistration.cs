using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon;

internal static class StepRegistration
{
    /// <summary>Makes a registered singleton a startup step too.</summary>
    public static IServiceCollection AddStartupStep<T>(this IServiceCollection services) where T : class, IStartupStep =>
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<T>());

    /// <summary>Makes a registered singleton a periodic task too.</summary>
    public static IServiceCollection AddPeriodicTask<T>(this IServiceCollection services) where T : class, IPeriodicTask =>
        services.AddSingleton<IPeriodicTask>(provider => provider.GetRequiredService<T>());
}
