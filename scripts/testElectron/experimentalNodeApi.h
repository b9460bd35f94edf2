// The one experimental call of Node's C API that node-addon-api takes where it is declared: without it, finalizers run
// inside the garbage collector, where an experimental add-on is ended. The npm headers leave experimental calls out.
#pragma once
#include <node_api.h>

#define NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER

extern "C" NAPI_EXTERN napi_status NAPI_CDECL node_api_post_finalizer(node_api_basic_env env, napi_finalize finalize,
                                                                      void *data, void *hint);
