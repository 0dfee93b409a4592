using Microsoft.Data.Sqlite;

namespace ScarNet.Local.Storage;

internal interface IPendingWrite
{
    /// <summary>False when the work threw and must be undone.</summary>
    bool Run(SqliteConnection connection);

    void Complete(Exception? commitFailure);
}

internal sealed class PendingWrite<T>(Func<SqliteConnection, T> work) : IPendingWrite
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;
    private Exception? failure;

    public Task<T> Done => done.Task;

    public bool Run(SqliteConnection connection)
    {
        try
        {
            result = work(connection);
            return true;
        }
        catch (Exception e)
        {
            failure = e;
            return false;
        }
    }

    public void Complete(Exception? commitFailure)
    {
        if ((failure ?? commitFailure) is { } e)
        {
            done.TrySetException(e);
        }
        else
        {
            done.TrySetResult(result!);
        }
    }
}
