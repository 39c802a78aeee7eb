defmodule Status do
  @behaviour Plug
  import Plug.Conn
  def init(o), do: o
  def call(conn, _) do
    case get_req_header(conn, "x-request-id") do
      [id] -> put_resp_header(conn, "x-request-id", id)
      _ -> conn
    end
  end
  defmacro config(path), do: Code.string_to_quoted!(File.read!(path))
end
